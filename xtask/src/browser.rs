//! The browsers that the tests drive.

use std::path::PathBuf;

use crate::debian;
use crate::process::{Message, Outcome};

/// A browser, and where to find it.
pub struct Browser {
    /// The environment variable that names its program, for the tests and from the user.
    pub variable: &'static str,
    programs: &'static [&'static str],
    debian_packages: &'static [&'static str],
}

/// Chromium, Firefox and `WebKit`, the last by its driver, which starts GTK's small browser.
pub const BROWSERS: [Browser; 3] = [
    Browser {
        variable: "CHROMIUM",
        programs: &["chromium", "chromium-browser", "google-chrome"],
        debian_packages: &["chromium"],
    },
    Browser {
        variable: "FIREFOX",
        programs: &["firefox-esr", "firefox"],
        debian_packages: &["firefox-esr"],
    },
    Browser {
        variable: "WEBKIT_DRIVER",
        programs: &["WebKitWebDriver"],
        // It has no mode without a display.
        debian_packages: &["webkit2gtk-driver", "xvfb"],
    },
];

impl Browser {
    /// The program: the one that the user names, or the first known one on the path.
    pub fn path(&self) -> Option<PathBuf> {
        if let Some(named) = std::env::var_os(self.variable) {
            return Some(named.into());
        }
        let dirs = std::env::var_os("PATH")?;
        std::env::split_paths(&dirs)
            .flat_map(|dir| self.programs.iter().map(move |name| dir.join(name)))
            .find(|path| path.is_file())
    }

    /// The program, or how to get it.
    pub fn require(&self) -> Outcome<PathBuf> {
        self.path().ok_or_else(|| self.advice())
    }

    fn advice(&self) -> Message {
        format!(
            "A browser is missing. Run `sudo apt-get install {}`, or install it otherwise and set {} \
             to the path of its program.",
            self.debian_packages.join(" "),
            self.variable
        )
    }
}

/// Installs the browsers that are missing, where that can be done without asking.
pub fn install() -> Outcome {
    for browser in BROWSERS.iter().filter(|browser| browser.path().is_none()) {
        debian::install(browser.debian_packages).map_err(|_| browser.advice())?;
    }
    Ok(())
}
