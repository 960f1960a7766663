// Entries whose folder in src, and in dist, is called otherwise.
const FOLDERS = {datasets: 'io/datasets'};

/** The folder of an entry of entries.js. */
module.exports = (name) => FOLDERS[name] ?? name;
