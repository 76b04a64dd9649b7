export { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion, type TensorFlow } from './load';
export { bfloat16Speed } from './processor';
export { openServingModel } from './servingModel';
export { Session, type Feed, type Fetched } from './session';
