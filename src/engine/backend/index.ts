export { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion, type TensorFlow } from './load';
export { Session, translate, type Feed, type Fetched } from './session';
