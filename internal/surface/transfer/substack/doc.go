// Package substack reads the zip that Substack makes under Settings → Exports.
// Substack publishes no description of it; this follows the files as they are,
// with the columns that other readers of them name: posts.csv with post_id
// ("1234.address"), post_date, is_published, type, audience, title, subtitle;
// posts/POST_ID.html with the text; and email_list.*.csv with the subscribers,
// which package memberlist reads. Other tables in it (opens, deliveries) are
// statistics and are left alone.
//
// The audience everyone is public and only_free is for members; only_paid,
// founding and whatever else stands there, or nothing, are for who pays. The
// mark that divides a post is the element paywall-jump. Addresses were
// /p/ADDRESS. The export names no authors, topics or Stripe customers, and
// holds no pictures.
package substack
