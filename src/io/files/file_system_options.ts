/** What `fileSystem` takes beside a path. */
export interface FileSystemOptions {
  /**
   * Whether to read weights that `model.json` lists outside its own folder, also through links. Default: false, as a
   * file from elsewhere could name any file of this machine.
   */
  allowOutside?: boolean;
}
