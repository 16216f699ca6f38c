//! Exported files before judges that we did not write: every file of forty marks opens without a
//! warning and looks like its artwork.

mod bimi;
mod looks;
mod marks;
mod page;
mod render;
mod size;
mod sound;
mod tools;
mod versions;
