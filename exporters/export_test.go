package exporters

// WriteWithRows is Write with a smaller sheet, for tests.
var WriteWithRows = write

// CleanName and WithoutBSN are tested by themselves.
var (
	CleanName  = cleanName
	WithoutBSN = withoutBSN
)

// InEnglish has the texts.
var InEnglish = inEnglish
