//! `LNP_VERIFY=1`: before each launch the ranks compare what they are about to do.

use super::world::{self, world};
use crate::array::Array;
use lnp_abi::KernelDesc;
use std::ffi::CStr;
use std::fmt::Write;

/// Bytes of a rank's own account that travel.
const ACCOUNT: usize = 512;

/// Ends all ranks with a message where they part. Collective when asked for.
pub fn check(desc: &KernelDesc, inputs: &[&Array], domain: &[i64]) {
    if !world().verify {
        return;
    }
    let name = if desc.name.is_null() {
        "?".into()
    } else {
        // SAFETY: codegen emits a NUL-terminated name.
        unsafe { CStr::from_ptr(desc.name.cast()) }.to_string_lossy()
    };
    let shapes: Vec<&[i64]> = inputs.iter().map(|a| a.shape()).collect();
    let mine = account(&name, domain, &shapes);
    let n = world::size();
    let mut hashes = vec![0u8; 8 * n];
    world::all_gather(&hash(&mine).to_ne_bytes(), &vec![8; n], &mut hashes);
    if hashes.chunks_exact(8).all(|other| other == &hashes[..8]) {
        return;
    }
    // All ranks are here, so they can say where they are.
    let mut padded = mine.into_bytes();
    // A cut inside a character only spoils that character.
    padded.resize(ACCOUNT, b' ');
    let mut all = vec![0u8; ACCOUNT * n];
    world::all_gather(&padded, &vec![ACCOUNT as u64; n], &mut all);
    let accounts: Vec<String> = all
        .chunks_exact(ACCOUNT)
        .map(|bytes| String::from_utf8_lossy(bytes).trim_end().to_owned())
        .collect();
    world::end_all(|| {
        if let Some(message) = parting(&accounts) {
            crate::objects::output::write_stderr(&message);
        }
    });
}

/// What a rank is about to do. Kernels are named after their line (`k0_line7`).
fn account(name: &str, domain: &[i64], shapes: &[&[i64]]) -> String {
    let line = name.rsplit_once("_line").map_or("?", |(_, line)| line);
    format!("line {line}: kernel {name} over {domain:?} of {shapes:?}")
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// The message where the ranks' accounts are not the same: each account and who gave it.
fn parting(accounts: &[String]) -> Option<String> {
    let mut different: Vec<&String> = Vec::new();
    for account in accounts {
        if !different.contains(&account) {
            different.push(account);
        }
    }
    if different.len() < 2 {
        return None;
    }
    let mut message = "lnpc: ranks part (LNP_VERIFY)\n".to_owned();
    for account in different {
        let ranks: Vec<String> = (0..accounts.len())
            .filter(|&rank| accounts[rank] == *account)
            .map(|rank| rank.to_string())
            .collect();
        let plural = if ranks.len() == 1 { "" } else { "s" };
        // Writing to a String cannot fail.
        let _ = writeln!(message, "  rank{plural} {}: {account}", ranks.join(", "));
    }
    Some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_lines_and_ranks() {
        let here = account("k3_line12", &[4, 8], &[&[4, 8], &[8]]);
        let there = account("k4_line15", &[4], &[&[4]]);
        assert_eq!(here, "line 12: kernel k3_line12 over [4, 8] of [[4, 8], [8]]");
        assert_ne!(hash(&here), hash(&there));
        assert_eq!(parting(&[here.clone(), here.clone()]), None);
        assert_eq!(
            parting(&[here.clone(), there.clone(), here.clone()]).unwrap(),
            format!("lnpc: ranks part (LNP_VERIFY)\n  ranks 0, 2: {here}\n  rank 1: {there}\n")
        );
        // Another shape at the same line parts too.
        let wider = account("k3_line12", &[4, 9], &[&[4, 9], &[9]]);
        assert!(
            parting(&[here, wider])
                .unwrap()
                .contains("rank 1: line 12: kernel k3_line12 over [4, 9]")
        );
    }
}
