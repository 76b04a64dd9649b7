export { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion, type TensorFlow } from './load';
export { Session, type Feed, type Fetched } from './session';
