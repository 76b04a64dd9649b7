import { fakeApi } from './fakeApi';

Object.defineProperty(window, 'cultivar', { value: fakeApi });
void import('../main');
