// SPDX-License-Identifier: Apache-2.0
//! Plots as SVG: lines of a few points over a logarithmic or a plain axis, drawn without anything else.

use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 360.0;
/// Left, top, right, bottom of the area that is drawn in.
const AREA: (f64, f64, f64, f64) = (70.0, 44.0, 480.0, 310.0);
/// Told apart also without colour sight (Okabe and Ito).
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/// A line of a plot.
pub struct Line {
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

/// A plot.
pub struct Plot {
    pub title: &'static str,
    pub x: &'static str,
    pub y: &'static str,
    /// Whether both axes are logarithmic; else both begin at 0.
    pub logarithmic: bool,
    pub lines: Vec<Line>,
}

/// An axis: what its ends stand for, and where they lie.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    logarithmic: bool,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64> + Clone, logarithmic: bool, ends: (f64, f64)) -> Axis {
        let most = values.clone().fold(0.0, f64::max);
        let least = values.fold(f64::MAX, f64::min);
        let (low, high) = match logarithmic {
            true => (10f64.powf(least.log10().floor()), 10f64.powf(most.log10().ceil())),
            false => (0.0, round_up(most)),
        };
        Axis {
            low,
            high: if high > low { high } else { low + 1.0 },
            from: ends.0,
            to: ends.1,
            logarithmic,
        }
    }

    fn at(&self, value: f64) -> f64 {
        let part = match self.logarithmic {
            true => (value / self.low).log10() / (self.high / self.low).log10(),
            false => (value - self.low) / (self.high - self.low),
        };
        self.from + part * (self.to - self.from)
    }

    fn marks(&self) -> Vec<f64> {
        if self.logarithmic {
            let count = (self.high / self.low).log10().round() as i32;
            return (0..=count).map(|i| self.low * 10f64.powi(i)).collect();
        }
        (0..=5).map(|i| self.high * f64::from(i) / 5.0).collect()
    }
}

/// The next round number: 1, 2, 3, 5 or 10 times a power of ten.
fn round_up(value: f64) -> f64 {
    let power = 10f64.powf(value.max(1e-9).log10().floor());
    let steps = [1.0, 2.0, 3.0, 5.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|round| *round >= value).unwrap_or(value)
}

/// A number as short as it can be read.
fn label(value: f64) -> String {
    match value {
        v if v >= 1e6 => format!("{} M", v / 1e6),
        v if v >= 1e3 => format!("{} k", v / 1e3),
        v => format!("{}", (v * 100.0).round() / 100.0),
    }
}

impl Plot {
    /// The picture.
    pub fn svg(&self) -> String {
        let (left, top, right, bottom) = AREA;
        let points = || self.lines.iter().flat_map(|line| line.points.iter());
        let x = Axis::new(points().map(|p| p.0), self.logarithmic, (left, right));
        let y = Axis::new(points().map(|p| p.1), self.logarithmic, (bottom, top));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"sans-serif\" font-size=\"12\">\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
             <text x=\"{left}\" y=\"24\" font-size=\"15\">{}</text>\n",
            self.title
        );
        for mark in x.marks() {
            let at = x.at(mark);
            let _ = writeln!(
                out,
                "<path d=\"M{at:.1} {top}V{bottom}\" stroke=\"#ddd\"/>\
                 <text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                bottom + 16.0,
                label(mark)
            );
        }
        for mark in y.marks() {
            let at = y.at(mark);
            let _ = writeln!(
                out,
                "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#ddd\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left - 6.0,
                at + 4.0,
                label(mark)
            );
        }
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n\
             <text transform=\"translate(16 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            (left + right) / 2.0,
            bottom + 38.0,
            self.x,
            (top + bottom) / 2.0,
            self.y
        );
        for (i, line) in self.lines.iter().enumerate() {
            let colour = COLOURS[i % COLOURS.len()];
            let mut path = String::new();
            for (n, point) in line.points.iter().enumerate() {
                let (px, py) = (x.at(point.0), y.at(point.1));
                let _ = write!(path, "{}{px:.1} {py:.1}", if n == 0 { 'M' } else { 'L' });
                let _ = writeln!(
                    out,
                    "<circle cx=\"{px:.1}\" cy=\"{py:.1}\" r=\"3\" fill=\"{colour}\"/>"
                );
            }
            let row = top + 10.0 + 20.0 * i as f64;
            let _ = writeln!(
                out,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n\
                 <path d=\"M{} {row}h18\" stroke=\"{colour}\" stroke-width=\"2\"/>\
                 <text x=\"{}\" y=\"{}\">{}</text>",
                right + 10.0,
                right + 34.0,
                row + 4.0,
                line.name
            );
        }
        out + "</svg>\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_begins_and_ends_at_round_numbers() {
        let axis = Axis::new([3.0, 740.0].into_iter(), true, (0.0, 300.0));
        assert_eq!((axis.low, axis.high), (1.0, 1000.0));
        assert_eq!(axis.at(10.0).round(), 100.0);
        assert_eq!(axis.marks(), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!([0.4, 9.6, 12.0, 100.0].map(round_up), [0.5, 10.0, 20.0, 100.0]);
    }

    #[test]
    fn every_line_and_point_is_drawn() {
        let line = |name: &str| Line { name: name.into(), points: vec![(1.0, 2.0), (10.0, 20.0)] };
        let plot = Plot {
            title: "t",
            x: "x",
            y: "y",
            logarithmic: true,
            lines: vec![line("a"), line("b")],
        };
        let svg = plot.svg();
        assert_eq!(svg.matches("<circle").count(), 4);
        assert!(
            svg.contains(">a</text>") && svg.contains(">b</text>") && svg.ends_with("</svg>\n")
        );
    }
}
