package layout

// CleanName is tested by itself.
var CleanName = cleanName
