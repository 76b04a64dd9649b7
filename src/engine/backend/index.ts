export { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion, type TensorFlow } from './load';
export { openServingModel } from './servingModel';
export { Session, type Feed, type Fetched } from './session';
