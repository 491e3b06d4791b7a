//! Whether anybody still waits for the answer being worked on. A thread cannot be stopped from outside: it looks, wherever the work
//! may be long, whether its answer is still wanted, and gives up where it is not.
//!
//! Kept beside the thread, because who waits is no part of a question and every question would have to carry it.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::IndexError;

thread_local! {
    static GIVEN_UP: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// Does some work with an index, which ends early with [`IndexError::Unwanted`] once `given_up` is set from elsewhere.
pub fn unless<T>(given_up: &Arc<AtomicBool>, work: impl FnOnce() -> T) -> T {
    /// Puts back what was there, whatever becomes of the work.
    struct Before(Option<Arc<AtomicBool>>);
    impl Drop for Before {
        fn drop(&mut self) {
            GIVEN_UP.with_borrow_mut(|now| *now = self.0.take());
        }
    }
    let _before = Before(GIVEN_UP.replace(Some(Arc::clone(given_up))));
    work()
}

/// Whether nobody waits any more for what this thread does.
pub fn is_given_up() -> bool {
    GIVEN_UP.with_borrow(|flag| flag.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed)))
}

/// An error where nobody waits any more. Costs little, but not nothing: for once a step, not once a document.
pub(crate) fn check() -> Result<(), IndexError> {
    if is_given_up() { Err(IndexError::Unwanted) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_nobody_waits_for_ends_and_what_follows_does_not() {
        let given_up = Arc::new(AtomicBool::new(false));
        let steps = unless(&given_up, || {
            (0..100)
                .take_while(|step| {
                    given_up.store(*step == 7, Ordering::Relaxed);
                    check().is_ok()
                })
                .count()
        });
        assert_eq!(steps, 7);
        given_up.store(true, Ordering::Relaxed);
        assert!(matches!(unless(&given_up, check), Err(IndexError::Unwanted)));
        assert!(check().is_ok(), "the thread's next work is wanted");
        let inner = Arc::new(AtomicBool::new(false));
        unless(&given_up, || {
            let failed = std::panic::catch_unwind(|| unless(&inner, || panic!("for the test")));
            assert!(failed.is_err() && check().is_err(), "a panic puts back what was there");
        });
    }
}
