// Package wordpress reads the export file of WordPress, WXR, versions 1.0 to
// 1.2: RSS 2.0 with elements of its own (wp:post_id, wp:post_name, wp:status,
// wp:post_type, wp:post_date_gmt, content:encoded, excerpt:encoded, category
// with domain and nicename, wp:author, wp:postmeta), as
// wp-admin/includes/export.php writes it
// (https://developer.wordpress.org/reference/functions/export_wp/). It may lie
// in a zip beside wp-content/uploads.
//
// The file is read twice as a stream: first authors and attachments, which
// posts refer to by number, then the posts. Entities that the file defines for
// itself are refused, and nothing is ever fetched for it. Characters that XML
// does not allow are common in old exports; they are replaced and counted.
//
// Categories and tags become topics. Old texts have blank lines for paragraphs;
// they get them here. <!--more--> becomes the paywall only when that is asked
// for: on most sites it means something else. Footnotes of the block editor are
// in the post's meta and are put below the text.
package wordpress
