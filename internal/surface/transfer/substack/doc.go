// Package substack reads the zip that Substack makes under Settings → Exports.
// Substack publishes no description of it; this follows the files as they are,
// with the columns that other readers of them name: posts.csv with post_id ("1234.address"), post_date, is_published, type, audience,
// title, subtitle; posts/POST_ID.html with the text; and email_list.*.csv with
// the subscribers, which package memberlist reads. Other tables in it (opens,
// deliveries) are statistics and are left alone.
//
// The audience everyone is public, only_free is for members, and only_paid and
// founding are for who pays; the mark that divides a post is the element
// paywall-jump. Addresses were /p/ADDRESS. The export names no authors, topics
// or Stripe customers, and holds no pictures.
package substack
