import {registerFileRouter} from './file_router';

registerFileRouter();
