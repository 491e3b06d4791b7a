//! What extraction costs beside the bare parse of the same page, which is its floor: the aim is at most twice as much.

use std::fmt::Write as _;

use divan::Bencher;
use jiff::Timestamp;
use minutebook_crawler::extract;
use minutebook_crawler::page::Page;

fn main() {
    divan::main();
}

/// A meeting's page of 30 items in Word's markup, about 150 KB, as large councils have them.
fn meeting() -> String {
    let words = "<p class=\"MsoNormal\"><span style='font-family:\"Arial\",sans-serif'>The Committee considered a report of the\nStrategic Director, Regeneration and Environment, which set out the\nprogress made against the priorities agreed on 21<sup>st</sup> May 2019.</span><o:p></o:p></p>\n<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n";
    let mut page = "<html><head><title>Agenda and minutes</title></head><body><div id=\"modgov\"><h1 class=\"mgMainTitleTxt\">Agenda and minutes</h1><h2 class=\"mgSubTitleTxt\">Audit Committee - Tuesday, 17th September, 2019 5.30 p.m.</h2><div class=\"mgContent\"><table  class=\"mgItemTable\" >".to_owned();
    for n in 1..=30 {
        let text = words.repeat(12);
        let _ = writeln!(
            page,
            "<tr><td  class=\"mgItemNumberCell\" ><a name=\"AI{n}\"></a><p  class=\"mgAiTitleTxt\" >{n}.</p></td><td><p  class=\"mgAiTitleTxt\" ><a  class=\"mgAiTitleLnk\"  href=\"documents/s{n}/Report.pdf\"  title=\"Link&#32;to&#32;document\">Progress of the Plan <span  class=\"mgFileSize\" >PDF 112 KB</span></a></p><p  class=\"mgSubItemTitleTxt\" >Minutes:</p><div  class=\"mgWordPara\" ><div class=\"WordSection1\">{text}<p>Resolved:-</p><p>1) That the report be noted.</p><p>2)</p><p>That a further report be brought in six months.</p></div></div></td></tr>"
        );
    }
    page.push_str("</table></div></div></body></html>");
    page
}

fn page(body: String) -> Page {
    let site = "https://democracy.example.gov.uk/";
    Page {
        url: format!("{site}ieListDocuments.aspx?MId=7"),
        site: site.to_owned(),
        body: body.into_bytes(),
        content_type: None,
        fetched_at: Timestamp::UNIX_EPOCH,
        first_seen: Timestamp::UNIX_EPOCH,
        sha256: String::new(),
        found_on: Vec::new(),
    }
}

#[divan::bench]
fn bare_parse(bencher: Bencher<'_, '_>) {
    let body = meeting();
    bencher.bench(|| scraper::Html::parse_document(&body));
}

#[divan::bench]
fn whole_extraction(bencher: Bencher<'_, '_>) {
    let page = page(meeting());
    bencher.bench(|| extract::page(&page));
}
