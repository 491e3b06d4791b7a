//! All processors at work on one thing after another: fed in order, given back in order, never more under way than a limit.
//!
//! The thread that calls does the feeding and the taking (the archive and the file are its own), so that neither waits for the other.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, mpsc};

/// Things under way at most, from being fed to being taken.
const MOST: usize = 64;
/// Bytes under way at most: what bounds the memory.
const MOST_BYTES: usize = 24 * 1024 * 1024;

/// Works on all that `feed` gives (each with its size in bytes) and hands what comes of it to `take`, in the order fed.
///
/// The first error of either ends it; what is under way then is finished and forgotten.
pub(super) fn in_order<T, R, E>(
    mut feed: impl FnMut() -> Result<Option<(T, usize)>, E>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if threads < 2 {
        while let Some((thing, _)) = feed()? {
            take(work(thing))?;
        }
        return Ok(());
    }
    let (to_do, queue) = mpsc::channel::<(usize, usize, T)>();
    let (finished, results) = mpsc::channel();
    let queue = Mutex::new(queue);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (queue, work, finished) = (&queue, &work, finished.clone());
            scope.spawn(move || {
                let next = || queue.lock().ok().and_then(|queue| queue.recv().ok());
                while let Some((place, bytes, thing)) = next() {
                    // A panic must reach the caller, not leave it waiting.
                    let result = catch_unwind(AssertUnwindSafe(|| work(thing)));
                    if finished.send((place, bytes, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(finished);
        // Moved in, so that leaving this closure in any way tells the workers that nothing more comes.
        let to_do = to_do;
        let mut waiting = BTreeMap::new();
        let (mut given, mut taken, mut bytes_held, mut more) = (0, 0, 0, true);
        loop {
            while more && given - taken < MOST && bytes_held < MOST_BYTES {
                match feed()? {
                    Some((thing, bytes)) => {
                        bytes_held += bytes;
                        more = to_do.send((given, bytes, thing)).is_ok();
                        given += 1;
                    }
                    None => more = false,
                }
            }
            if taken == given {
                return Ok(());
            }
            let Ok((place, bytes, result)) = results.recv() else { return Ok(()) };
            bytes_held -= bytes;
            waiting.insert(place, result.unwrap_or_else(|panic| resume_unwind(panic)));
            while let Some(result) = waiting.remove(&taken) {
                taken += 1;
                take(result)?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(until: usize, fail_at: usize) -> (Vec<usize>, Result<(), String>) {
        let (mut next, mut found) = (0, Vec::new());
        let result = in_order(
            || {
                next += 1;
                Ok((next <= until).then_some((next, 1 << 20)))
            },
            |n: usize| {
                // The first ones take longest, so that later ones overtake them.
                std::thread::sleep(std::time::Duration::from_micros((until - n) as u64 * 20));
                n * n
            },
            |square| {
                found.push(square);
                if found.len() == fail_at { Err("full".to_owned()) } else { Ok(()) }
            },
        );
        (found, result)
    }

    #[test]
    fn everything_comes_back_in_the_order_fed() {
        let (found, result) = squares(200, 0);
        assert_eq!(found, (1..=200).map(|n| n * n).collect::<Vec<_>>());
        assert_eq!(result, Ok(()));
        assert_eq!(squares(0, 0), (Vec::new(), Ok(())));
    }

    #[test]
    fn an_error_ends_it() {
        let (found, result) = squares(200, 3);
        assert_eq!(found, [1, 4, 9]);
        assert_eq!(result, Err("full".to_owned()));
        let fed: Result<(), &str> = in_order(|| Err("no archive"), |n: u8| n, |_| Ok(()));
        assert_eq!(fed, Err("no archive"));
    }

    #[test]
    #[should_panic(expected = "a defect")]
    fn a_panic_reaches_the_caller() {
        let mut left = 10;
        let feed = || {
            left -= 1;
            Ok::<_, ()>((left > 0).then_some((left, 0)))
        };
        let work = |n: i32| assert!(n != 5, "a defect");
        let _ = in_order(feed, work, Ok);
    }
}
