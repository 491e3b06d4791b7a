//! What the operator withholds. Whoever starts the server says where the list is kept; it is read again when it has changed, so
//! that a running server answers 410 as soon as something is withheld.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How often, at most, a request looks whether the list changed.
const LOOK: Duration = Duration::from_millis(200);

/// Something the operator withholds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// Id of the item or meeting.
    pub id: String,
    /// Why, for whoever asks for it.
    pub reason: Option<String>,
}

/// Everything withheld at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Items and meetings.
    pub items: Vec<Suppressed>,
    /// How many pages and phrases are withheld besides: they are counted in public, never named.
    pub others: usize,
}

/// Gives the list anew, or nothing where it is as it was or cannot be read now.
type Source = Box<dyn Fn() -> Option<Hidden> + Send + Sync>;

/// What is withheld now. Cheap to clone; all clones share one list.
#[derive(Clone)]
pub struct Withheld(Arc<Shared>);

struct Shared {
    source: Source,
    state: RwLock<State>,
    looked: Mutex<Instant>,
    version: AtomicU64,
}

#[derive(Default)]
struct State {
    hidden: Hidden,
    reasons: HashMap<String, Option<String>>,
}

impl State {
    fn new(hidden: Hidden) -> Self {
        let reasons = hidden.items.iter().map(|s| (s.id.clone(), s.reason.clone())).collect();
        Self { hidden, reasons }
    }
}

impl Withheld {
    /// What this says, asked at once and again whenever a request comes a while after the last look.
    pub fn from_source(source: impl Fn() -> Option<Hidden> + Send + Sync + 'static) -> Self {
        let state = State::new(source().unwrap_or_default());
        Self(Arc::new(Shared {
            source: Box::new(source),
            state: RwLock::new(state),
            looked: Mutex::new(Instant::now()),
            version: AtomicU64::new(0),
        }))
    }

    /// Whether it is time to [`look`](Self::look) again.
    pub(crate) fn is_due(&self) -> bool {
        self.0.looked.try_lock().is_ok_and(|looked| looked.elapsed() >= LOOK)
    }

    /// Takes up what has changed. Reads files: not for an async thread.
    pub(crate) fn look(&self) {
        let Ok(mut looked) = self.0.looked.try_lock() else { return };
        if let Some(hidden) = (self.0.source)() {
            let mut state = self.0.state.write().unwrap_or_else(PoisonError::into_inner);
            if state.hidden != hidden {
                *state = State::new(hidden);
                self.0.version.fetch_add(1, Ordering::Release);
            }
        }
        *looked = Instant::now();
    }

    /// Counts up whenever the list changes, so that no cached page outlives what it shows.
    pub(crate) fn version(&self) -> u64 {
        self.0.version.load(Ordering::Acquire)
    }

    /// What is withheld under this id, if anything is.
    pub fn under(&self, id: &str) -> Option<Suppressed> {
        let state = self.0.state.read().unwrap_or_else(PoisonError::into_inner);
        let reason = state.reasons.get(id)?;
        Some(Suppressed { id: id.to_owned(), reason: reason.clone() })
    }

    /// How much is withheld: items and meetings, pages, phrases.
    pub(crate) fn count(&self) -> usize {
        let state = self.0.state.read().unwrap_or_else(PoisonError::into_inner);
        state.hidden.items.len() + state.hidden.others
    }
}

impl From<Vec<Suppressed>> for Withheld {
    fn from(items: Vec<Suppressed>) -> Self {
        Self::from_source(move || Some(Hidden { items: items.clone(), others: 0 }))
    }
}

impl Default for Withheld {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.0.state.read().unwrap_or_else(PoisonError::into_inner);
        f.debug_tuple("Withheld").field(&state.hidden).finish()
    }
}
