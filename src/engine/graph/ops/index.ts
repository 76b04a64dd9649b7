export * from './arithmetic';
export * from './image';
export * from './layout';
export * from './productConvolution';
