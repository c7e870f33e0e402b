package words

import (
	"maps"
)

// English holds the English texts of the pages by the Dutch ones.
var English = func() map[string]string {
	all := maps.Clone(englishFirst)
	maps.Copy(all, englishSecond)
	maps.Copy(all, englishThird)
	return all
}()
