//! Keeps a fault of the program in one job from ending the others.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread runs under [`guarded`].
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic under [`guarded`] came from.
    static ORIGIN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs a task; a panic in it becomes an error that tells message and place.
///
/// The first call sets a panic hook that is silent for guarded threads and
/// hands everything else to the hook that was there, because a trace on the
/// terminal in the midst of other brochures' results helps nobody.
pub(super) fn guarded<T>(task: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let former = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                ORIGIN.set(info.location().map(|at| format!("{}:{}", at.file(), at.line())));
            } else {
                former(info);
            }
        }));
    });
    let before = GUARDED.replace(true);
    // Nothing of the task outlives a panic but the shared store, whose locks
    // are taken only around finished values.
    let result = panic::catch_unwind(AssertUnwindSafe(task));
    GUARDED.set(before);
    result.map_err(|payload| {
        let words = message(payload.as_ref());
        match ORIGIN.take() {
            Some(origin) => format!("{words} ({})", origin.replace('\\', "/")),
            None => words.to_owned(),
        }
    })
}

/// The words of a panic.
fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_its_place() {
        let error = guarded(|| panic!("broken {}", 7)).unwrap_err();
        assert!(error.starts_with("broken 7 (src/campaign/guard.rs:"), "{error}");
        assert_eq!(guarded(|| 3), Ok(3));
    }
}
