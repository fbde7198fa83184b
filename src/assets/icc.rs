//! ICC profiles as they are kept: bytes, shared.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The bytes of an ICC profile. What is in them is looked at by those who
/// convert colours.
#[derive(Clone, PartialEq, Eq)]
pub struct IccProfile(Arc<Cow<'static, [u8]>>);

impl IccProfile {
    /// A profile of these bytes.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> IccProfile {
        IccProfile(Arc::new(bytes.into()))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for IccProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IccProfile({} bytes)", self.0.len())
    }
}
