// Package blob keeps files under keys, on disk or in S3. It knows nothing of
// what is in them.
//
// A key is a relative path of small letters, digits, dots, underscores and
// hyphens. Under a key there is a whole file or none: a crash, a cancelled
// request or a reader that gives too few bytes leaves nothing behind. Once Put
// has returned without an error, the file survives the loss of power.
//
// Failures are faults: "file_not_found", "files_unavailable" when the store
// cannot do its work, "bad_file_key" for a key that breaks the rules.
package blob
