//! A BERT sentence encoder: tokens through the layers, the mean of what comes out, made length 1.
//!
//! One text at a time and no padding anywhere: a batch is no faster on a processor (66 against 50 seconds for 1,000 passages,
//! November 2026), and padding that is not masked bends the vectors. Weights are read whole; nothing is fetched.

use std::path::Path;

use candle_core::{DType, Device, IndexOp, Tensor};
use candle_nn::ops::softmax_last_dim;
use candle_nn::{Embedding, LayerNorm, Linear, Module, VarBuilder, embedding, layer_norm, linear};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokenizers::{Tokenizer, TruncationParams};

use super::Model;
use crate::IndexError;

/// Tokens of a text that are read, at most: the windows are cut to fit.
const TOKENS: usize = 192;
/// Of the weights, this many bytes of each so many tell models apart: to read all would cost as long as loading them.
const TOLD_BY: (usize, usize) = (1 << 12, 1 << 16);

/// Where sentence encoders say how they make one vector of many.
const POOLING: &str = "1_Pooling/config.json";

/// What `config.json` says; the rest does not concern an encoder.
#[derive(Debug, Clone, Deserialize)]
struct Config {
    vocab_size: usize,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    max_position_embeddings: usize,
    type_vocab_size: usize,
    layer_norm_eps: f64,
    hidden_act: String,
    /// The family of networks; older files do not say.
    model_type: Option<String>,
}

/// What `1_Pooling/config.json` says, where there is one: how one vector is made of a text's many.
#[derive(Debug, Clone, Deserialize)]
struct Pooling {
    pooling_mode_mean_tokens: bool,
}

/// A model loaded from its folder.
pub(crate) struct Bert {
    tokenizer: Tokenizer,
    embeddings: Embeddings,
    layers: Vec<Layer>,
    dimensions: usize,
    fingerprint: u64,
}

impl Bert {
    /// Loads a folder. Errors name the file.
    pub(crate) fn load(dir: &Path) -> Result<Bert, IndexError> {
        let failed =
            |name: &str, what: String| IndexError::ModelFile { path: dir.join(name), what };
        let read = |name: &str| {
            std::fs::read(dir.join(name)).map_err(|error| failed(name, error.to_string()))
        };
        let config_bytes = read("config.json")?;
        let config: Config = serde_json::from_slice(&config_bytes)
            .map_err(|error| failed("config.json", error.to_string()))?;
        config.check().map_err(|what| failed("config.json", what))?;
        if let Ok(pooling) = std::fs::read(dir.join(POOLING)) {
            pooled(&pooling).map_err(|what| failed(POOLING, what))?;
        }
        let tokenizer_bytes = read("tokenizer.json")?;
        let tokenizer = tokenizer(&tokenizer_bytes, config.max_position_embeddings)
            .map_err(|what| failed("tokenizer.json", what))?;
        let weights = read("model.safetensors")?;
        let fingerprint = fingerprint(&config_bytes, &tokenizer_bytes, &weights);
        let (embeddings, layers) = build(&config, weights)
            .map_err(|error| failed("model.safetensors", error.to_string()))?;
        let dimensions = config.hidden_size;
        Ok(Bert { tokenizer, embeddings, layers, dimensions, fingerprint })
    }

    fn forward(&self, tokens: &[u32]) -> candle_core::Result<Vec<f32>> {
        let mut hidden = self.embeddings.forward(tokens)?;
        for layer in &self.layers {
            hidden = layer.forward(&hidden)?;
        }
        let mean = hidden.mean(0)?;
        let length = mean.sqr()?.sum_all()?.sqrt()?.to_scalar::<f32>()?.max(f32::MIN_POSITIVE);
        (mean / f64::from(length))?.to_vec1()
    }
}

impl Model for Bert {
    fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn embed(&self, text: &str) -> Result<Vec<f32>, String> {
        let tokens = self.tokenizer.encode(text, true).map_err(|error| error.to_string())?;
        self.forward(tokens.get_ids()).map_err(|error| error.to_string())
    }
}

impl Config {
    fn check(&self) -> Result<(), String> {
        if let Some(other) = self.model_type.as_ref().filter(|family| *family != "bert") {
            return Err(format!("it is of the family `{other}`; only `bert` is known"));
        }
        let sizes = [self.vocab_size, self.hidden_size, self.max_position_embeddings];
        if sizes.contains(&0) {
            return Err("one of its sizes is 0".to_owned());
        }
        if self.hidden_act != "gelu" {
            return Err(format!("its activation is `{}`; only `gelu` is known", self.hidden_act));
        }
        if self.num_attention_heads == 0
            || !self.hidden_size.is_multiple_of(self.num_attention_heads)
        {
            return Err("its heads do not divide its hidden size".to_owned());
        }
        Ok(())
    }
}

fn pooled(bytes: &[u8]) -> Result<(), String> {
    let pooling: Pooling = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let other = "it does not take the mean of a text's vectors, the only way known here";
    if pooling.pooling_mode_mean_tokens { Ok(()) } else { Err(other.to_owned()) }
}

fn tokenizer(bytes: &[u8], positions: usize) -> Result<Tokenizer, String> {
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(|error| error.to_string())?;
    // The file may ask for padding to a fixed length, which would be read as words.
    tokenizer.with_padding(None);
    let truncation = TruncationParams { max_length: TOKENS.min(positions), ..Default::default() };
    tokenizer.with_truncation(Some(truncation)).map_err(|error| error.to_string())?;
    Ok(tokenizer)
}

fn fingerprint(config: &[u8], tokenizer: &[u8], weights: &[u8]) -> u64 {
    let mut hash = Sha256::new();
    hash.update(config);
    hash.update(tokenizer);
    hash.update((weights.len() as u64).to_le_bytes());
    for part in weights.chunks(TOLD_BY.1) {
        hash.update(&part[..part.len().min(TOLD_BY.0)]);
    }
    hash.update(&weights[weights.len().saturating_sub(TOLD_BY.0)..]);
    // What is cut from items is part of what a vector means.
    hash.update((TOKENS as u64).to_le_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    u64::from_le_bytes(first)
}

fn build(config: &Config, weights: Vec<u8>) -> candle_core::Result<(Embeddings, Vec<Layer>)> {
    let vars = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)?;
    let vars = if vars.contains_tensor("bert.embeddings.word_embeddings.weight") {
        vars.pp("bert")
    } else {
        vars
    };
    let embeddings = Embeddings::load(config, &vars.pp("embeddings"))?;
    let layers = (0..config.num_hidden_layers)
        .map(|at| Layer::load(config, &vars.pp("encoder.layer").pp(at)))
        .collect::<Result<_, _>>()?;
    Ok((embeddings, layers))
}

#[cfg(test)]
#[path = "bert_tests.rs"]
mod tests;

struct Embeddings {
    words: Embedding,
    /// Place of each token, the kind of sentence added in: there is only one kind.
    places: Tensor,
    norm: LayerNorm,
}

impl Embeddings {
    fn load(config: &Config, vars: &VarBuilder<'_>) -> candle_core::Result<Self> {
        let size = config.hidden_size;
        let table = |count, name| vars.get((count, size), name);
        let places = table(config.max_position_embeddings, "position_embeddings.weight")?;
        let kinds = table(config.type_vocab_size, "token_type_embeddings.weight")?;
        Ok(Self {
            words: embedding(config.vocab_size, size, vars.pp("word_embeddings"))?,
            places: places.broadcast_add(&kinds.i(0)?)?,
            norm: layer_norm(size, config.layer_norm_eps, vars.pp("LayerNorm"))?,
        })
    }

    fn forward(&self, tokens: &[u32]) -> candle_core::Result<Tensor> {
        let words = self.words.forward(&Tensor::new(tokens, &Device::Cpu)?)?;
        self.norm.forward(&(words + self.places.narrow(0, 0, tokens.len())?)?)
    }
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_norm: LayerNorm,
    wide: Linear,
    narrow: Linear,
    norm: LayerNorm,
    heads: usize,
}

impl Layer {
    fn load(config: &Config, vars: &VarBuilder<'_>) -> candle_core::Result<Self> {
        let (size, wide, eps) =
            (config.hidden_size, config.intermediate_size, config.layer_norm_eps);
        let own = vars.pp("attention.self");
        let attention = vars.pp("attention.output");
        Ok(Self {
            query: linear(size, size, own.pp("query"))?,
            key: linear(size, size, own.pp("key"))?,
            value: linear(size, size, own.pp("value"))?,
            attended: linear(size, size, attention.pp("dense"))?,
            attended_norm: layer_norm(size, eps, attention.pp("LayerNorm"))?,
            wide: linear(size, wide, vars.pp("intermediate.dense"))?,
            narrow: linear(wide, size, vars.pp("output.dense"))?,
            norm: layer_norm(size, eps, vars.pp("output.LayerNorm"))?,
            heads: config.num_attention_heads,
        })
    }

    fn forward(&self, hidden: &Tensor) -> candle_core::Result<Tensor> {
        let attended = self.attended.forward(&self.attend(hidden)?)?;
        let hidden = self.attended_norm.forward(&(attended + hidden)?)?;
        let thought = self.narrow.forward(&self.wide.forward(&hidden)?.gelu_erf()?)?;
        self.norm.forward(&(thought + hidden)?)
    }

    fn attend(&self, hidden: &Tensor) -> candle_core::Result<Tensor> {
        let (tokens, size) = hidden.dims2()?;
        let each = size / self.heads;
        let by_head =
            |made: Tensor| made.reshape((tokens, self.heads, each))?.transpose(0, 1)?.contiguous();
        let query = by_head(self.query.forward(hidden)?)?;
        let key = by_head(self.key.forward(hidden)?)?;
        let value = by_head(self.value.forward(hidden)?)?;
        #[expect(clippy::cast_precision_loss, reason = "tens")]
        let scale = (each as f64).sqrt();
        let weights = softmax_last_dim(&(query.matmul(&key.t()?)? / scale)?)?;
        weights.matmul(&value)?.transpose(0, 1)?.reshape((tokens, size))
    }
}
