import './io/register';

export * from './index';
export {fileSystem} from './io/node_file_system';
