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
// A picture lies in a folder of the library or in none, and has a focus: the
// point that no crop may lose. The card that other sites show is cut around it
// by a job; where the portal crops in the browser it tells the browser.
//
// Its file can be replaced by another of the same type. That is a new edition
// under the same id, and readers of whatever shows the picture see it at once;
// so where something published shows it, replacing takes the right to publish,
// and is refused where two people must look at everything. The old edition
// stays, with its files, for the record: a version of a note that is not the
// newest goes on showing the edition of the moment at which it was published.
// Revisions that were never published show the edition of the day.
//
// An address with its mark (?v=) names one edition for ever, and pages name
// pictures by it. Texts name them without the mark; that address shows the
// edition of the day and is never kept for long.
//
// The room keeps account of where pictures are shown: rooms that save such a
// place say so in the transaction that saves it. What is shown anywhere, be it
// in an old revision that may be cited or restored, is not deleted.
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
// Tables: media, media_names, media_editions, media_uses, media_folders,
// attachments.
package media
