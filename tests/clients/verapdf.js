// Prints a line for each rule of PDF/UA-1 that a file fails: its name, the clause, the message. Run by Rhino.
var verapdf = Packages.org.verapdf;
verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = verapdf.pdfa.Foundries.defaultInstance();
var flavour = verapdf.pdfa.flavours.PDFAFlavour.PDFUA_1;
for (var number = 0; number < arguments.length; number++) {
  var parser = foundry.createParser(new java.io.File(arguments[number]), flavour);
  var result = foundry.createValidator(flavour, false).validate(parser);
  print("checked " + result.getTotalAssertions());
  var assertions = result.getTestAssertions().iterator();
  while (assertions.hasNext()) {
    var assertion = assertions.next();
    if (assertion.getStatus().name() == "FAILED")
      print(arguments[number] + ": " + assertion.getRuleId().getClause() + " " + assertion.getMessage());
  }
  parser.close();
}
