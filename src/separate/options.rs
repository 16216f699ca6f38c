//! What a person may ask of a separation.

use super::edit::{Merges, Names, Renames};
use super::length::Mm;
use super::screen::{Dot, Screens};
use super::trap::TrapPairs;
use crate::color::Rgb;
use crate::options::{choices, options};

choices! {
    /// The kind of press; it decides defaults.
    pub enum Press {
        /// Screen printing by hand: traps of 1 pt, bold marks.
        Screen = "screen",
        /// Screen printing on an automatic press: traps of 0.5 pt, bold marks.
        AutomaticScreen = "automatic-screen",
        /// Offset printing: traps of 0.25 pt, fine marks.
        Offset = "offset",
    }
}

choices! {
    /// What the inks are.
    pub enum Method {
        /// One ink for each colour of the art.
        Spot = "spot",
        /// Cyan, magenta, yellow and black, for art with gradients or many colours.
        Process = "process",
        /// Simulated process: tints of a few opaque inks chosen from the art, over tints of white,
        /// for many colours on dark material.
        Simulated = "simulated",
        /// Index: square dots of one size, each of one ink chosen from the art, without screens.
        Index = "index",
    }
}

choices! {
    /// Sheet or film sizes.
    pub enum Paper {
        /// As small as the art and its marks allow.
        Fit = "fit",
        /// 210 × 297 mm.
        A4 = "a4",
        /// 297 × 420 mm.
        A3 = "a3",
        /// 8.5 × 11 in.
        Letter = "letter",
        /// 11 × 17 in.
        Tabloid = "tabloid",
        /// 13 × 19 in.
        SuperB = "13x19",
        /// As `paper_width_mm` and `paper_height_mm` say.
        Custom = "custom",
    }
}

choices! {
    /// Which inks spread under their neighbours.
    pub enum Trapping {
        /// The lighter ink of each pair spreads under the darker.
        LightUnderDark = "light-under-dark",
        /// What is printed earlier spreads under what is printed later.
        EarlierUnderLater = "earlier-under-later",
        /// No traps: inks meet edge to edge.
        None = "none",
    }
}

choices! {
    /// Whether white is printed under the inks.
    pub enum Underbase {
        /// On a dark or coloured substrate only.
        Auto = "auto",
        /// Always.
        On = "on",
        /// Never.
        Off = "off",
    }
}

options! {
    /// How to separate.
    ///
    /// ```
    /// use logopress::{SeparateOptions, options::Options as _};
    ///
    /// let mut options = SeparateOptions::default();
    /// options.set("paper_width_mm", "10in")?;
    /// # Ok::<(), logopress::Error>(())
    /// ```
    pub struct SeparateOptions {
        /// The job's name, for labels and titles.
        job: String = String::new();
        /// The date on labels, as it should read; none is printed if empty.
        date: String = String::new();
        /// The kind of press; it decides the trap and the weight of marks.
        press: Press = Press::Screen;
        /// What the inks are.
        method: Method = Method::Spot;
        /// Most ink on one place in process printing, all four together.
        // Coated paper 300 to 330: mindsprt.dev.
        ink_limit_percent: u32 = 300, in 100..=400;
        /// Most inks of a simulated process or index separation, white on top included.
        most_inks: u32 = 8, in 4..=12;
        /// Square dots per inch of an index separation.
        // 150 to 200 on meshes of 230 to 305.
        index_dpi: u32 = 180, in 60..=400;
        /// The colour of the material that is printed on.
        substrate: Rgb = Rgb::WHITE;
        /// Leave the material bare where the art has its colour.
        knock_out_substrate: bool = true;
        /// New names for inks: `#e2231a=Brand Red; #0033a0=PANTONE 286 C`.
        rename: Renames = Renames::default();
        /// Inks printed with another ink, solid or as a tint: `#e01f1a>Brand Red; Pink>Brand Red@40`.
        merge: Merges = Merges::default();
        /// Inks that are not printed: `#ffffff; Gray`. Nothing else prints in their place.
        drop: Names = Names::default();
        /// Inks in the order they are printed; those not listed follow, light before dark.
        order: Names = Names::default();
        /// Print white under the inks.
        underbase: Underbase = Underbase::Auto;
        /// How far the underbase stays inside the edge that faces the bare material.
        // 1 pt: zetaprints; half of that on automatic presses.
        underbase_choke_mm: Option<Mm> = None, in 0..=5;
        /// Inks that get no underbase.
        underbase_except: Names = Names::default();
        /// Print white art once more, last, on top of the underbase.
        highlight_white: bool = true;
        /// Which inks spread under their neighbours.
        trapping: Trapping = Trapping::LightUnderDark;
        /// How far inks spread under their neighbours; by the kind of press if empty.
        trap_mm: Option<Mm> = None, in 0..=5;
        /// Traps of single pairs: `Yellow>Blue=0.5mm; Red>Black=0`: the first spreads under the second.
        trap_pairs: TrapPairs = TrapPairs::default();
        /// Thinnest line that the press holds.
        // 1 pt: precisemedia.com, inklounge.com.
        min_line_mm: Mm = Mm(0.35), in 0..=5;
        /// Narrowest gap that stays open.
        min_gap_mm: Mm = Mm(0.35), in 0..=5;
        /// Size of the sheet or film.
        paper: Paper = Paper::A4;
        /// Width of a custom sheet.
        paper_width_mm: Mm = Mm(210.0), in 20..=2000;
        /// Height of a custom sheet.
        paper_height_mm: Mm = Mm(297.0), in 20..=2000;
        /// Width of the printed art; as large as the sheet allows if empty.
        width_mm: Option<Mm> = None, in 1..=2000;
        /// How far the art may run over the trim.
        bleed_mm: Mm = Mm(3.0), in 0..=20;
        /// Print registration, crop and centre marks, colour bars and labels.
        marks: bool = true;
        /// Lines of dots per inch.
        // 45: mesh / 4 to 5 of the usual meshes.
        lpi: f64 = 45.0, in 10..=200;
        /// Angle of the dots of spot inks.
        // 22.5 for all: screenprinting.com, Sefar.
        angle_deg: f64 = 22.5, in 0..=180;
        /// Screens of single inks: `Black=65@45; Red=55`: lines per inch and, after the `@`, the angle.
        screens: Screens = Screens::default();
        /// Shape of the dots.
        dot: Dot = Dot::Ellipse;
        /// Smallest dot that the press holds, as a tint.
        min_dot_percent: f64 = 3.0, in 0..=50;
        /// Largest dot that does not close, as a tint.
        max_dot_percent: f64 = 97.0, in 50..=100;
        /// How much a tint of 50 % grows on press; films are made lighter to make up for it.
        dot_gain_percent: f64 = 0.0, in 0..=40;
        /// Threads of the mesh per inch, for labels; advised from the lines per inch if empty.
        mesh: Option<u32> = None, in 20..=500;
        /// Dots per inch of films.
        film_dpi: u32 = 1200, in 600..=2880;
        /// Draw tints of the plates PDF as dots, for printers that make none.
        vector_dots: bool = false;
        /// Name the printing condition (FOGRA39) in the composite and the layered PDF.
        output_intent: bool = false;
        /// Mirror plates and films (emulsion down).
        mirrored: bool = false;
        /// Negative plates and films.
        negative: bool = false;
    }
}

impl SeparateOptions {
    /// The width of traps, in mm.
    pub fn trap_mm(&self) -> f64 {
        // InDesign and Acrobat 0.25 pt; screen printing 0.33 to 1 pt.
        let by_press = match self.press {
            Press::Screen => 1.0,
            Press::AutomaticScreen => 0.5,
            Press::Offset => 0.25,
        };
        self.trap_mm.map_or(by_press / super::PT_PER_MM, |mm| mm.0)
    }

    /// How far the underbase stays inside, in mm.
    pub fn choke_mm(&self) -> f64 {
        let by_press = match self.press {
            Press::Screen => 1.0,
            Press::AutomaticScreen | Press::Offset => 0.5,
        };
        self.underbase_choke_mm.map_or(by_press / super::PT_PER_MM, |mm| mm.0)
    }
}
