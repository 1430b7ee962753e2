package blob

import (
	"errors"
	"strings"
)

// MaxKey is the longest key, in bytes. S3 allows 1024; a name on disk 255.
const MaxKey = 255

// CheckKey refuses a key that breaks the rules: 1 to MaxKey characters of a-z,
// 0-9, dot, underscore and hyphen in parts divided by single slashes, no part
// beginning with a dot. So no key leaves its folder or meets a hidden file.
func CheckKey(key string) error {
	if key == "" || len(key) > MaxKey {
		return errKey.Because(errors.New("the length"))
	}
	for part := range strings.SplitSeq(key, "/") {
		if part == "" || part[0] == '.' {
			return errKey.Because(errors.New("an empty or hidden part"))
		}
		if strings.ContainsFunc(part, notForKeys) {
			return errKey.Because(errors.New("a character"))
		}
	}
	return nil
}

func notForKeys(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-'
}

// checkFolder takes "" for everything, or a key with a slash at its end.
func checkFolder(folder string) error {
	if folder == "" {
		return nil
	}
	key, ok := strings.CutSuffix(folder, "/")
	if !ok {
		return errKey.Because(errors.New("a folder ends with a slash"))
	}
	return CheckKey(key)
}
