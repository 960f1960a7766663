// Entries whose folder in src and dist has a different name.
const FOLDERS = {datasets: 'io/datasets'};

/** The folder of an entry of entries.js. */
module.exports = (name) => FOLDERS[name] ?? name;
