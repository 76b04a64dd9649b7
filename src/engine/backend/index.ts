export { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion, type TensorFlow } from './load';
export { multipliesBfloat16 } from './processor';
export { openServingModel } from './servingModel';
export { Session, type Feed, type Fetched } from './session';
