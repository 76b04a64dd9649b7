export * from './arithmetic';
export * from './image';
export * from './layout';
