//! What is missing or wrong with the icons of a web site, from its files alone: nothing is fetched.
//!
//! Sources of the rules: WHATWG HTML, 4.6.7.9 ("icon"); W3C Web Application Manifest; Apple,
//! "Configuring Web Applications"; Google Search Central, "Define a favicon"; and what users of
//! favicon generators report.

mod favicon;
mod html;
mod manifest;
mod picture;
mod site;
mod words;

use serde::Serialize;

use crate::error::Result;
use crate::order;
pub use site::Site;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Somewhere the wrong icon or none is shown.
    Error,
    /// Somewhere the icon looks worse than it could.
    Warning,
    /// Good to know.
    Note,
}

/// One thing that is missing, wrong or remarkable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// A stable name for programs, such as `ico-sizes`.
    pub code: &'static str,
    /// The file that it is about, from the site's root.
    pub file: String,
    /// What is particular about it, such as sizes: for words in other languages.
    pub values: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it, in one sentence.
    pub advice: &'static str,
}

/// Checks a site's files; the worst comes first.
///
/// ```
/// use logopress::check::{Site, check};
///
/// let site = Site::new([("index.html".to_owned(), b"<!doctype html><title>A</title>".to_vec())]);
/// assert!(check(&site).iter().any(|finding| finding.file.contains("favicon")));
/// ```
pub fn check(site: &Site) -> Vec<Finding> {
    let mut findings = Findings::default();
    html::check(site, &mut findings);
    favicon::check(site, &mut findings);
    manifest::check(site, &mut findings);
    order::by_key(&mut findings.0, |finding| finding.level as u64);
    findings.0
}

/// Checks a zip of a site's files.
///
/// ```
/// use logopress::check::check_zip;
///
/// assert!(check_zip(b"no zip").is_err());
/// ```
pub fn check_zip(bytes: &[u8]) -> Result<Vec<Finding>> {
    Ok(check(&Site::from_zip(bytes)?))
}

/// What a check may find.
struct Rule {
    level: Level,
    code: &'static str,
    message: &'static str,
    advice: &'static str,
}

/// Collects findings.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    /// The rule is broken by `file`; `values` are what is particular to that.
    fn add(&mut self, rule: &Rule, file: &str, values: &[&str]) {
        let message =
            values.iter().enumerate().fold(rule.message.to_owned(), |text, (i, value)| {
                text.replace(&format!("{{{i}}}"), value)
            });
        self.0.push(Finding {
            level: rule.level,
            code: rule.code,
            file: file.into(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            message,
            advice: rule.advice,
        });
    }
}
