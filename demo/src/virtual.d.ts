declare module 'virtual:faces' {
  import type {Face} from '../../models/moby-dick/data/faces';

  const faces: {face: Face; url: string}[];
  export default faces;
}
