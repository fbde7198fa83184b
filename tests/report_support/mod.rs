//! As much of JSON Schema (draft 2020-12) as the schemas of this program use.

use serde_json::{Map, Value};

/// The keywords that are understood. Another one in a schema stops the test, since
/// it would not be checked.
const KEYWORDS: [&str; 15] = [
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "const",
    "anyOf",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minimum",
    "maximum",
    "exclusiveMinimum",
];

/// A schema.
pub(crate) struct Schema {
    root: Value,
}

impl Schema {
    pub(crate) fn new(text: &str) -> Schema {
        let root = serde_json::from_str(text).expect("the schema is JSON");
        let schema = Schema { root };
        schema.each(&mut |path, part| {
            for keyword in part.keys() {
                assert!(KEYWORDS.contains(&keyword.as_str()), "{path}: keyword `{keyword}`");
            }
            if part.get("type") == Some(&Value::from("object")) {
                // What may be left out could be forgotten.
                assert_eq!(part["additionalProperties"], Value::from(false), "{path}");
                let keys: Vec<&String> = object(&part["properties"]).keys().collect();
                let mut required: Vec<&str> =
                    list(&part["required"]).iter().filter_map(Value::as_str).collect();
                required.sort_unstable();
                let mut keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
                keys.sort_unstable();
                assert_eq!(required, keys, "{path}");
            }
        });
        schema
    }

    /// Keys of objects that have no description.
    pub(crate) fn without_description(&self) -> Vec<String> {
        let mut bare = Vec::new();
        self.each(&mut |path, part| {
            for (key, property) in part.get("properties").map(object).into_iter().flatten() {
                if property["description"].as_str().is_none_or(|words| words.len() < 5) {
                    bare.push(format!("{path}/{key}"));
                }
            }
        });
        bare
    }

    /// What is wrong with a value.
    pub(crate) fn faults(&self, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.root, value, "", &mut faults);
        faults
    }

    /// Calls a function for every schema in this one.
    fn each(&self, tell: &mut dyn FnMut(&str, &Map<String, Value>)) {
        fn walk(path: &str, part: &Value, tell: &mut dyn FnMut(&str, &Map<String, Value>)) {
            let part = object(part);
            tell(path, part);
            for key in ["properties", "$defs"] {
                for (name, inner) in part.get(key).map(object).into_iter().flatten() {
                    walk(&format!("{path}/{key}/{name}"), inner, tell);
                }
            }
            for inner in part.get("anyOf").map(list).into_iter().flatten() {
                walk(&format!("{path}/anyOf"), inner, tell);
            }
            if let Some(items) = part.get("items") {
                walk(&format!("{path}/items"), items, tell);
            }
        }
        walk("#", &self.root, tell);
    }

    fn check(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        let schema = object(schema);
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let pointer = target.strip_prefix('#').expect("a place in this schema");
            let target = self.root.pointer(pointer).expect(target);
            self.check(target, value, path, faults);
        }
        if let Some(wanted) = schema.get("const").filter(|wanted| *wanted != value) {
            faults.push(format!("{path}: {value} is not {wanted}"));
        }
        if let Some(choices) = schema.get("anyOf").map(list) {
            let tries: Vec<Vec<String>> = choices
                .iter()
                .map(|choice| {
                    let mut faults = Vec::new();
                    self.check(choice, value, path, &mut faults);
                    faults
                })
                .collect();
            if tries.iter().all(|faults| !faults.is_empty()) {
                faults.extend(tries.into_iter().flatten());
            }
        }
        if let Some(kinds) = schema.get("type") {
            let kinds = if kinds.is_array() { list(kinds) } else { std::slice::from_ref(kinds) };
            let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
            if !kinds.iter().any(|kind| is_a(kind, value)) {
                faults.push(format!("{path}: {value} is no {}", kinds.join(" or ")));
                return;
            }
        }
        self.check_number(schema, value, path, faults);
        if let Some(found) = value.as_object().filter(|_| schema.contains_key("properties")) {
            let known = object(&schema["properties"]);
            for key in list(&schema["required"]).iter().filter_map(Value::as_str) {
                if !found.contains_key(key) {
                    faults.push(format!("{path}: no `{key}`"));
                }
            }
            for (key, inner) in found {
                let path = format!("{path}/{key}");
                match known.get(key) {
                    Some(schema) => self.check(schema, inner, &path, faults),
                    None => faults.push(format!("{path}: not in the schema")),
                }
            }
        }
        if let (Some(items), Some(found)) = (schema.get("items"), value.as_array()) {
            for (index, inner) in found.iter().enumerate() {
                self.check(items, inner, &format!("{path}/{index}"), faults);
            }
        }
    }

    fn check_number(
        &self,
        schema: &Map<String, Value>,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) {
        let Some(found) = value.as_f64() else { return };
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        let below = limit("minimum").is_some_and(|least| found < least)
            || limit("exclusiveMinimum").is_some_and(|least| found <= least);
        let above = limit("maximum").is_some_and(|most| found > most);
        if below || above {
            faults.push(format!("{path}: {value} is beyond its limits"));
        }
    }
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => panic!("no type is called `{kind}`"),
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().expect("an object")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}
