// Prints what keeps each of the given files out of OWL 2 DL: number of the file, rule, and what breaks it, by tabs.
// The checker is the OWL API's, which comes with HermiT; `java -cp HermiT.jar Profile.java` compiles and runs this.

import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

class Profile {
    public static void main(String[] files) throws Exception {
        for (int number = 0; number < files.length; number++) {
            OWLOntology ontology =
                OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(files[number]));
            for (OWLProfileViolation found : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
                String rule = found.getClass().getSimpleName();
                System.out.println(number + "\t" + rule + "\t" + found.toString().replaceAll("\\s+", " "));
            }
        }
    }
}
