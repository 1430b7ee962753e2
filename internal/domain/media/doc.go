// Package media owns the pictures that editors upload and readers see. How a
// picture is read and drawn again is in the package picture below it.
//
// An upload is decoded and encoded anew; the bytes that were sent are neither
// kept nor served, only their SHA-256, by which the same upload is known
// again. The largest print is made before the upload is answered; smaller
// widths are made by a job. Until they exist the nearest print is served.
//
// Files are put before the row that names them is committed. A file without a
// row is therefore what a crash left: a daily job removes it once it is a day
// old. The same job removes the files of deleted pictures.
//
// Addresses are immutable: another picture is another id.
//
// States: processing → ready, or failed when smaller widths cannot be made.
// In every state the picture can be served.
//
// It owns the files attached to notes, too: PDF, XLSX and CSV, known by their
// content and kept as they were sent. An attachment has the note's gate or is
// public with the note; its bytes are given out for a decision of access.Decide
// and for nothing else. Attachments belong to the note, not to a revision: a
// change is seen at once, so beside a note that is past drafting it takes the
// right to publish.
//
// Tables: media, media_names, attachments.
package media
