package layout

// CleanName is tested on its own.
var CleanName = cleanName
