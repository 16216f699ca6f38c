//! The one place that knows about threads. With the feature `parallel` work spreads over rayon's
//! pool; without it the same calls run serially. Results never depend on which.

/// Maps `0..len` through `f`, results in order.
///
/// ```
/// assert_eq!(logopress::par::map(3, |i| i * i), [0, 1, 4]);
/// ```
pub fn map<T: Send>(len: usize, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..len).into_par_iter().map(f).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        (0..len).map(f).collect()
    }
}

/// Calls `f(index, chunk)` for every chunk of `chunk_len` items (the last may be shorter).
///
/// ```
/// let mut items = [1; 5];
/// logopress::par::for_each_chunk(&mut items, 2, |index, chunk| chunk.fill(index));
/// assert_eq!(items, [0, 0, 1, 1, 2]);
/// ```
pub fn for_each_chunk<T: Send>(
    items: &mut [T],
    chunk_len: usize,
    f: impl Fn(usize, &mut [T]) + Sync + Send,
) {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.par_chunks_mut(chunk_len).enumerate().for_each(|(i, chunk)| f(i, chunk));
    }
    #[cfg(not(feature = "parallel"))]
    for (i, chunk) in items.chunks_mut(chunk_len).enumerate() {
        f(i, chunk);
    }
}

/// Maps `0..len` through `f` and hands each result to `sink`, on the thread that called, as soon as
/// there is one; work begins in order and may end in any. An error from `sink` stops what has not
/// begun, and is returned.
///
/// ```
/// let mut sum = 0;
/// logopress::par::stream(4, |i| i, |_, i| {
///     sum += i;
///     Ok::<(), ()>(())
/// }).ok();
/// assert_eq!(sum, 6);
/// ```
pub fn stream<T: Send, E>(
    len: usize,
    f: impl Fn(usize) -> T + Sync + Send,
    mut sink: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    #[cfg(feature = "parallel")]
    // A thread of the pool must not wait for the pool.
    if rayon::current_thread_index().is_none() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let (sender, results) = std::sync::mpsc::channel();
        let stopped = AtomicBool::new(false);
        let (f, stopped) = (&f, &stopped);
        return rayon::in_place_scope(|scope| {
            for index in 0..len {
                let sender = sender.clone();
                scope.spawn(move |_| {
                    if !stopped.load(Ordering::Relaxed) {
                        // Nobody listens any more once `sink` has failed.
                        let _ = sender.send((index, f(index)));
                    }
                });
            }
            drop(sender);
            let ended = results.iter().try_for_each(|(index, result)| sink(index, result));
            stopped.store(ended.is_err(), Ordering::Relaxed);
            ended
        });
    }
    (0..len).try_for_each(|index| sink(index, f(index)))
}

/// Number of threads that work is spread over.
pub fn threads() -> usize {
    #[cfg(feature = "parallel")]
    {
        rayon::current_num_threads()
    }
    #[cfg(not(feature = "parallel"))]
    {
        1
    }
}
