#![allow(missing_docs, clippy::unwrap_used)]
use std::path::Path;
fn main() {
    for p in std::env::args().skip(1) {
        let a = drukklaar::assets::Assets::new();
        let c = drukklaar::compile(Path::new(&p), &a);
        let d = c.document.unwrap();
        for (i, pg) in d.pages.iter().enumerate() {
            for l in &pg.frame.lines {
                if l.justified && l.size.to_pt() == 9.5 {
                    let s = d.files.get(l.span.file);
                    let t: &str = &s.text()[l.span.start as usize..l.span.end as usize];
                    println!(
                        "p{} gap {:.2} r {:.2} var {:+} {}/{} cost {} hy {} | {}",
                        i + 1,
                        l.gap,
                        l.ratio,
                        l.variant,
                        l.index + 1,
                        l.count,
                        l.cost,
                        l.hyphen as u8,
                        &t.chars().take(60).collect::<String>().replace("\n", " ")
                    );
                }
            }
        }
    }
}
