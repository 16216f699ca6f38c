//! Real logos whose drawings are known: gilbarbara/logos in Iconify's form, CC0-1.0, from the npm
//! package that `package.json` pins. Nothing of it enters the repository: the marks belong to their
//! owners.

use std::path::Path;

/// A logo as an SVG document of plain shapes.
pub struct Logo {
    /// Its name in the package.
    pub name: String,
    /// The document.
    pub svg: String,
}

/// Elements that are more than filled or stroked shapes.
const MORE_THAN_SHAPES: [&str; 4] = ["<text", "<image", "<filter", "<mask"];

/// All logos that consist of shapes, by name.
pub fn all() -> Result<Vec<Logo>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../node_modules/@iconify-json/logos/icons.json");
    let text = std::fs::read_to_string(&path)
        .map_err(|e| format!("{}: {e}. Run cargo xtask setup.", path.display()))?;
    let set: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let icons = set["icons"].as_object().ok_or("icons.json has no icons")?;
    let logos = icons.iter().map(|(name, icon)| {
        let body = icon["body"].as_str().unwrap_or_default();
        let side = |key: &str| icon[key].as_f64().or(set[key].as_f64()).unwrap_or(16.0);
        let (width, height) = (side("width"), side("height"));
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} {height}">{body}</svg>"#,
        );
        Logo { name: name.clone(), svg }
    });
    let plain = |logo: &Logo| !MORE_THAN_SHAPES.iter().any(|tag| logo.svg.contains(tag));
    Ok(logos.filter(plain).collect())
}

/// `count` of the logos, spread evenly over the alphabet.
pub fn some(count: usize) -> Result<Vec<Logo>, String> {
    let logos = all()?;
    let step = (logos.len() / count).max(1);
    Ok(logos.into_iter().step_by(step).take(count).collect())
}
