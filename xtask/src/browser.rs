//! The browsers that the tests drive.

use std::path::PathBuf;

use crate::debian;
use crate::process::{Message, Outcome};

/// A browser, and where to find it.
pub struct Browser {
    /// The environment variable that names its program, for the tests and from the user.
    pub variable: &'static str,
    programs: &'static [&'static str],
    /// A program that it cannot do without.
    needs: Option<&'static str>,
    debian_packages: &'static [&'static str],
}

/// Chromium, Firefox and `WebKit`, the last by its driver, which starts GTK's small browser.
pub const BROWSERS: [Browser; 3] = [
    Browser {
        variable: "CHROMIUM",
        programs: &["chromium", "chromium-browser", "google-chrome"],
        needs: None,
        debian_packages: &["chromium"],
    },
    Browser {
        variable: "FIREFOX",
        programs: &["firefox-esr", "firefox"],
        needs: None,
        debian_packages: &["firefox-esr"],
    },
    Browser {
        variable: "WEBKIT_DRIVER",
        programs: &["WebKitWebDriver"],
        // It has no mode without a display.
        needs: Some("Xvfb"),
        debian_packages: &["webkit2gtk-driver", "xvfb"],
    },
];

impl Browser {
    /// The program: the one that the user names, or the first known one on the path.
    pub fn path(&self) -> Option<PathBuf> {
        if let Some(named) = std::env::var_os(self.variable) {
            return Some(named.into());
        }
        self.programs.iter().find_map(|name| on_path(name))
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
    let is_ready = |browser: &&Browser| {
        browser.path().is_some() && browser.needs.is_none_or(|name| on_path(name).is_some())
    };
    for browser in BROWSERS.iter().filter(|browser| !is_ready(browser)) {
        debian::install(browser.debian_packages).map_err(|_| browser.advice())?;
    }
    Ok(())
}

/// The program of this name on the path.
fn on_path(name: &str) -> Option<PathBuf> {
    let dirs = std::env::var_os("PATH")?;
    std::env::split_paths(&dirs).map(|dir| dir.join(name)).find(|path| path.is_file())
}
