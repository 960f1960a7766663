/** Options of `fileSystem`. */
export interface FileSystemOptions {
  /**
   * Whether to read weights that `model.json` lists outside its own folder, also through links. Default: false, as an
   * untrusted model.json could name any file on this machine.
   */
  allowOutside?: boolean;
}
