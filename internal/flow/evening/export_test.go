package evening

// AskAtDinner is the one question that a guardian is given.
var AskAtDinner = askAtDinner
