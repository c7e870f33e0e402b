package words

import (
	"maps"
)

// English is every text of the pages in English, by the Dutch one.
var English = func() map[string]string {
	all := maps.Clone(englishFirst)
	maps.Copy(all, englishSecond)
	maps.Copy(all, englishThird)
	return all
}()
