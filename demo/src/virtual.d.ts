declare module 'virtual:faces' {
  import type {Face} from '../../src/io/moby_dick/faces';

  const faces: {face: Face; url: string}[];
  export default faces;
}
