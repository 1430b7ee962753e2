// Package porter carries whole archives in and out: imports from other systems
// and exports, as jobs that can be watched, stopped and taken up again. It keeps
// the files on their way, the progress, a report with a line for each entry,
// and the book of what became of which thing of another system. What an archive
// is made of and how it is read is not known here; the carrier knows, which is
// the face of the house called transfer.
//
// Each entry is carried in one transaction with its line of the report, its
// mark in the book and the job's progress. So whoever takes up a job that broke
// off begins behind the last entry that is whole, and nothing is made twice. A
// dry run does the same and rolls every entry back but for the report.
//
// The book holds two fingerprints of each thing: of what came and of what was
// written. A second import changes what is different there and was left alone
// here; what was changed in both places is a conflict and stays as it is here,
// unless the import was told to write over it.
//
// Files are dropped when they are not needed: uploads with the end of the real
// run, else after a day; results after a day; reports after 90 days. No report
// names a member.
//
// One import or export goes at a time. Tables: import_sources, transfers,
// transfer_lines. States of a transfer: waiting, running, done, failed,
// canceled.
package porter
