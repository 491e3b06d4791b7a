//! The phrases that stand before and behind a post and tell what it did. Verbs are data (`vocabulary/speech.toml`).

use std::sync::LazyLock;

use regex::Regex;

use crate::understand::resolution::regex;

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        pub(super) static $name: LazyLock<Regex> = LazyLock::new(|| regex($text));
    };
}

const NAME: &str = r"(?:(?:Councillors?|Cllrs?|Cllr|Alderman|Ald|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Professor|Prof|Inspector|Insp|Superintendent|Supt|Chief|Sergeant|Sgt|Garda|Canon|Rev|Reverend)\.?\s+)*(?:[A-Z][\w’'-]*\.?\s+|[A-Z]\.\s*|de\s|van\s|O\s)*[A-Z][\w’'.-]*";

// Words between two posts that share a verb.
pub(super) static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^(?:\s*\([^)]{{0,60}}\)|\s*[,(]?\s*{NAME}\)?)?\s*(?:,|;|,? and| and also|,? &|,? together with|,? along with|,? accompanied by|,? as well as|/|\(|- and|–)?\s*(?:{NAME}\s*[,(]\s*)?(?:the|our|its|The)?\s*$"
    ))
});
// A name right before a post: "by Deborah Ash, Policy Manager".
pub(super) static NAMED_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"{NAME}\s*[,(–-]\s*(?:the\s*)?$")));
// A member's name and a comma right before a post.
pattern!(MEMBER_BEFORE, r"\b(?:Councillors?|Cllrs?|Member)\b\.? (?:[A-Z][\w’'.-]*\s*){1,4}, the $");
pattern!(JOINS, r"(?i)\band\b|&|;|/|\(|\b(?:together|along|accompanied|as well)\b");
// A name, a bracket or a workplace behind a post.
pub(super) static APPOSITIVE: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"^(?:\s*\([^)]{{0,80}}\)|\s+and\s+(?:the\s+)?(?:[Ee]lected\s+)?(?:[Mm]embers|[Cc]ouncillors|[Oo]fficers|[Oo]thers|[Ss]taff)\b|\s*,?\s+and\s+(?:Mr|Mrs|Ms|Miss|Dr|Councillor|Cllr)\b\.?\s+{NAME}|\s*[,–-]\s*{NAME}(?:,? {NAME})?(?:,?\s+(?:and|&) {NAME})?(?:\s+of\s+{NAME})?\s*(?:[,–-]|\s)|\s+{NAME}(?:\s*,|\s)|\s*,\s*(?:on behalf of|from|of|at|with|for)\s[^,]{{2,70}},|\s+(?:at|from) (?:the )?{NAME}(?: (?:of|and|for) {NAME})*(?: [A-Z]{{2,5}})?,|,? on behalf of (?:the |all |his |her |their )*\w+(?: and \w+| of the \w+)?\s|\s*,?\s*(?:in (?:response|reply|answer|consultation|liaison|conjunction|\w+ing)|having|when|following|after|as|acting|supported|referring|responding|speaking)\b[^,]{{0,100}},)"
    ))
});
pattern!(
    ADVERBS,
    r"^(?:\s*,?\s*(?:also|then|further|furthermore|subsequently|again|duly|additionally|later|next|finally|however|therefore|accordingly|in (?:response|reply|turn|addition|conclusion|summary)|once|first|firstly|now|\w+ly)\b\s*,?)*\s*"
);
pattern!(WHO, r"^\s*,?\s*who\s+(?:also |then |had |was |were )?");
pattern!(
    PASSIVE_AFTER,
    r"(?i)^\s*(?:to )?(?:be|was|were|is|are|been)\s+(?:also |then |further |again |\w+ly )*(?P<verb>asked|requested|instructed|invited|authorised|authorized|delegated|empowered|given|granted|in attendance|present|welcomed|thanked|informed|advised|urged|directed|commended|congratulated|appointed|elected|questioned)\b"
);
// "was present and answered questions": what else the subject of a passive did.
pattern!(
    AND_SAID,
    r"(?i)^[^.;]{0,160}?\band (?:then |also |subsequently )?(?:responded|replied|answered|addressed|spoke|explained|stated|said) (?:to|that|the|members|questions|on|in|queries)\b"
);
pattern!(
    MODAL,
    r"(?i)^\s*(?:should|would|will|could|may|might|must|can|shall|had|to|be|is|are|was|were|has|have|did|does)\b"
);
pattern!(
    OPENING_PRESENTS,
    r"(?i)^(?:\(?\w{1,3}[.)]\s*)?(?:in )?(?:introducing|presenting|outlining|opening|introduction)(?: (?:to|of|by))?\b[^,]{0,80}"
);
pattern!(
    SIGNED,
    r"(?i)\b(?:signed|contact(?: officer)?|correct|dated?|tel(?:ephone)?|report author|author|e-?mail)\s*[:.,-]*\s*(?:by (?:the )?)?$"
);
pattern!(DOTS, r"(?i)^\s*[:,]?\s*(?:[._…-]{3,}|dated?\s*[:_.]|$)");
pattern!(SIGNED_EARLIER, r"(?i)\bsigned\b\s*[:_.]");

// What stands before a post that is an object.
pattern!(
    PRESENTED_BY,
    r"(?i)\b(?:presented|introduced|outlined|delivered|(?:presentations?|updates?|overview|briefing|briefed|report|summary|demonstration|outline)(?: (?:was|were|on|of|about|regarding|in|to)\b[^.;]{0,80}?)?(?: (?:was|were))? (?:given|provided|made|delivered|presented|received)|(?:verbal |oral )?(?:presentations?|updates?|overview|briefing|introduction)(?: (?:on|of|about|regarding)\b[^.;,]{0,80}?)?|(?:verbal|oral) (?:report|update))(?: to (?:the )?\w+)? (?:by|from)(?: both)?(?: the| our| its)?\s*$"
);
pattern!(
    ADVISED_BY,
    r"(?i)\b(?:advised|informed|reported|explained|confirmed|clarified|told|reminded|assured|updated|briefed|answered|responded to|(?:advice|information|clarification|response|explanation|reply|assurance)(?: (?:was|were))?(?: (?:given|provided|received))?) (?:by|from)(?: both)?(?: the)?\s*$"
);
// What is still to come, or was said elsewhere: "would be presented by the", "as previously reported by the".
pattern!(
    NOT_HERE,
    r"(?i)\bbe (?:\w+ ){1,3}by(?: the)?\s*$|\b(?:previously|earlier) \w+ by(?: the)?\s*$|\bas requested by(?: the)?\s*$"
);
// What makes a clause depend on another: "whether the", "in the event that the".
pattern!(
    DEPENDS,
    r"(?i)\b(?:if|whether|unless|until|should|why|how|what|because|once|(?:hoped|event|provided|wished|likely|unlikely) that)(?: the| its| our)?\s*$"
);
pattern!(ADVICE_OF, r"(?i)\b(?:on the advice of|advice from)(?: the)?\s*$");
pattern!(
    SPOKEN_BY,
    r"(?i)\b(?:stated|said|noted|proposed|moved|seconded|suggested|highlighted|raised|requested|asked|queried|welcomed|thanked|nominated|acknowledged|moved for adoption|read out|read) by(?: the)?\s*$|\b(?:questions?|quer(?:y|ies)|comments?|observations?|suggestions?|request|enquir(?:y|ies)|representations?|heard) from(?: both)?(?: the)?\s*$|\bhaving heard(?: both)?(?: the)?\s*$"
);
pattern!(
    AUTHOR_OF,
    r"(?i)\b(?:reports?(?: no\.? ?[\w/.-]+)?|report back|paper|papers|letters?|memo|memorandum|joint report|submission|correspondence|e-?mails?|briefing note|briefing paper|report dated|statement|note|document|order|minute|dated [^.;]{3,40}|report[^.;]{0,60}? (?:submitted|prepared|produced|written|compiled|received)|submitted|prepared|produced|written|compiled|drafted|circulated)(?:,? dated [^,;]{3,30},?)?(?: ?\*)? (?:of|by|from)(?: both)?(?: the)?\s*$"
);
pattern!(
    DELEGATED_TO,
    r"(?i)\b(?:delegate[sd]?|delegating|delegation|delegated authority|authority|powers?|authorit?y be given|approval|responsibility|decision|given|granted|discretion)\b[^.;]{0,140}?\b(?:to|with)(?: the)?\s*$|\bauthori[sz](?:e|es|ed|ing)(?: the)?\s*$|\b(?:in consultation with|consultation with|in liaison with|in conjunction with|with the (?:concurrence|agreement|approval) of|following consultation with|after consult(?:ing|ation with))(?: both)?(?: the| its| our)?(?: relevant| appropriate)?\s*$|\b(?:grants?|gives?|empowers?|delegates?)(?: delegated)?(?: authority)?(?: to)?(?: the)?\s*$"
);
// "..., in conjunction with the Portfolio Holder for Culture, Leisure and Tourism, be delegated authority".
pattern!(
    EMPOWERED,
    r"(?i)^\s*,?\s*(?:in|following|after) (?:consultation|conjunction|liaison)\b[^.;]{3,200}?,? be (?:authorised|authorized|delegated|empowered|given (?:delegated )?authority|granted)\b"
);
pattern!(POWER, r"(?i)delegat|authori[sz]|\bauthority\b|\bpowers?\b|empower");
pattern!(CONSULTED, r"(?i)consult|liaison|conjunction");
pattern!(
    ASKED_OF,
    r"(?i)\b(?:asks?(?: that)?|asked(?: that)?|asking|request(?:s|ed|ing)?(?: that)?|instruct(?:s|ed)?|invit(?:e|es|ed)|urg(?:e|es|ed)|directs?|directed|inform(?:s|ed)?|notif(?:y|ied)|writ(?:e|es|ten|ing) to|wrote to|contact(?:ed)?|remit(?:ted|s)?[^.;]{0,60}? to|rais(?:e|ed|ing)[^.;]{0,60}? with|tak(?:e|en)[^.;]{0,40}? up with|refer(?:red)?[^.;]{0,80}? to|sen[dt][^.;]{0,60}? to|forward(?:ed)?[^.;]{0,60}? to|questions? (?:to|of|for)|put to|addressed to|calls? (?:on|upon)|called (?:on|upon)|liaise with|meet(?:ing)? with|speak (?:to|with))(?: both)?(?: the| our| its)?\s*$"
);
// "ACTION: Head of Parking to circulate", "Action by: Chief Fire Officer".
pattern!(
    OWED_BY,
    r"(?i)(?:^|[\s(\[])actions?(?: by| for| owner| point| required| officer)?\s*(?:\d{1,3})?\s*[:–-]\s*(?:the )?$"
);
pattern!(
    THANKED,
    r"(?i)\b(?:thank(?:s|ed|ing)?|congratulat(?:e|ed|ing|ions)|commend(?:ed|ing)?|tribute|wish(?:ed)?|express(?:ed)?[^.;]{0,40}(?:thanks|gratitude|appreciation|sympathy))\b[^.;]{0,30}?(?:to )?(?:the )?\s*$"
);
pattern!(
    WELCOMED,
    r"(?i)\bwelcom(?:ed|ing)(?: to the meeting)?(?: the| our)?(?: recently appointed)?\s*$|\bwelcomed (?:[A-Z][\w’'&-]*[,:]? |[,&–-] |and |of |the )+$"
);
pattern!(
    PREPOSITION,
    r"(?i)\b(?:of|to|for|from|with|by|between|about|regarding|as|than|upon|on|behind|via|through|including|concerning|and to|against|under|over|becoming|become|became|called|that the post of)(?: the| a| an| our| its| his| her)?\s*$"
);
pattern!(
    PRESENT_LIST,
    r"(?i)(?:\b(?:in attendance|also in attendance|also present|officers? (?:present|in attendance|attending)|present|attendees|attendance|officials)\s*[:–-]|^in attendance\b|^also present\b|^present\b)"
);
pattern!(IN_ATTENDANCE, r"(?i)\b(?:was|were)(?: also)? (?:in attendance|present)\b|\battended\b");
pattern!(
    ITEM_PERSON,
    r"^(?:\(?\w{1,3}[.)]\s*)?(?:In (?:response|reply)[^,]{0,60},\s*)?(?:Councillors?|Cllrs?|Alderman|Deputy [A-Z]|Mr|Mrs|Ms|Miss|Dr|Sir|Professor)\b\.?\s"
);
